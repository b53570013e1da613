"""How fast this machine does what InPhotos does: ``inphotos bench``.

Whatever is compared is measured in turns, so that other work on the machine slows all of it alike,
and after a turn that does not count. Nothing is written into the library that is measured.
"""

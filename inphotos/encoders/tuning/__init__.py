"""Finding out which runtime is quickest on this machine, and whether it finds the same photos.

The work is done by a process of its own (``python -m inphotos.encoders.tuning``), because it takes
up to a minute, gigabytes of memory, and libraries that the application itself does not need. What
the application has of it is :class:`inphotos.encoders.tuning.tuner.Tuner`.
"""

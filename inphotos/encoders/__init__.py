"""Pixels and words to embeddings; torch and transformers load only with an encoder.

huggingface_hub and transformers read these variables when they are imported, so they are set
here, before any module of this package can import them. What the user has set is left alone.

HF_HUB_OFFLINE is not among them on purpose: it holds for the whole process and would break a
download in a window that has already loaded a model. Loading stays offline because it reads one
directory with ``local_files_only``, and a test holds it to that.
"""

import os

#: Also keeps huggingface_hub from asking its server about the calling program.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
#: A token that the user has stored for other programs is nobody's business here.
os.environ.setdefault("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
#: transformers would start a thread that asks the hub to convert weights it finds as a pickle.
os.environ.setdefault("DISABLE_SAFETENSORS_CONVERSION", "1")
#: tokenizers' threads gain nothing on one short query and warn in every forked process.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
#: ONNX Runtime reports its use to Microsoft, in its builds for every system, from its first session
#: on; it reads this when it is loaded. Whatever the user has set, InPhotos reports nothing.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
#: torch makes this directory when it is imported, in the system's place for temporary files and for
#: everybody to write in where the user allows that. This one is there, and nothing is put into it:
#: nothing is compiled by torch.
os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", os.path.dirname(__file__))  # noqa: PTH120

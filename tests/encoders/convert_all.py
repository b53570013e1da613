"""Converts the models given as arguments; says so if it goes to the network.

In full precision for every runtime, and one family in 8 bits as well.
"""

from __future__ import annotations

import sys
from pathlib import Path


def _report(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        sys.stdout.write(f"{event} {arguments}\n")


def main() -> None:
    """Write the files of all towers."""
    sys.addaudithook(_report)
    import numpy as np

    from inphotos.encoders import conversion, onnx_conversion, registry, runtimes

    def runtime(name: str) -> runtimes.Runtime:
        found = runtimes.named(name)
        assert found is not None
        return found

    for directory in map(Path, sys.argv[1:]):
        model = registry.resolve(str(directory), directory.parent)
        images = conversion.convert_images(model)
        conversion.save(images, model, "image", runtime("openvino-fp32"))
        onnx_conversion.make(model, "image", runtime("onnx-fp32"))
        if model.has_text:
            texts = conversion.convert_texts(model)
            conversion.save(texts, model, "text", runtime("openvino-fp32"))
            onnx_conversion.make(model, "text", runtime("onnx-fp32"))
        if model.family == "clip":
            chance = np.random.default_rng(0)
            pictures = list(chance.integers(0, 256, (16, *model.pixels.shape), dtype=np.uint8))
            rounded = conversion.quantise_images(images, pictures, smooth=False)
            conversion.save(rounded, model, "image", runtime("openvino-int8"))
            conversion.save(
                conversion.compress_texts(texts), model, "text", runtime("openvino-int8")
            )
            onnx_conversion.make(model, "image", runtime("onnx-int8"))
            onnx_conversion.make(model, "text", runtime("onnx-int8"))
    if "openvino_telemetry" in sys.modules:
        assert sys.modules["openvino_telemetry"] is None


if __name__ == "__main__":
    main()

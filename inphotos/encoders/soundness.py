"""Whether a model's files are sound, told from a few kilobytes before a larger library reads them.

Files of a model may come from anywhere. What is asked here is that they ask for no code, and for no
more memory than the weights take on the disk.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from inphotos.errors import ModelError, display_path

#: Headers list a few hundred tensors in some 50 kB; safetensors itself would read 100 MB.
_LARGEST_HEADER: Final = 4 * 2**20

#: Bytes of a number of each kind that weights are kept in, by safetensors' names.
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2"), 1),
    **dict.fromkeys(("U16", "I16", "F16", "BF16"), 2),
    **dict.fromkeys(("U32", "I32", "F32"), 4),
    **dict.fromkeys(("U64", "I64", "F64"), 8),
}

#: Fields by which transformers runs code that comes with a model, fetches some by a name, or hands
#: the weights to another library. None of the models that InPhotos runs has them.
_CODE: Final = frozenset(
    {
        "attn_implementation",
        "_attn_implementation",
        "auto_map",
        "custom_pipelines",
        "experts_implementation",
        "_experts_implementation",
        "quantization_config",
        "trust_remote_code",
    }
)
#: Every computer that runs such models has more memory than this.
_SURELY_FITS: Final = 1 << 30

_ADAPTER: Final = "adapter_config.json"

#: Above these a configuration is nonsense; the largest models of these kinds have 56 layers.
_MOST: Final[Mapping[str, int]] = {
    "hidden_size": 1 << 15,
    "image_size": 1 << 12,
    "intermediate_size": 1 << 17,
    "max_position_embeddings": 1 << 16,
    "num_attention_heads": 1 << 10,
    "num_channels": 16,
    "num_hidden_layers": 256,
    "patch_size": 1 << 12,
    "vocab_size": 1 << 22,
}
_MOST_MULTIPLIER: Final = 8.0


def check_configuration(path: Path, config: Mapping[str, Any]) -> None:
    """Refuse a configuration that asks for code, or for sizes that no such model has.

    Args:
        path: its file, for the sentence.
        config: what stands in it.

    Raises:
        ModelError: with that sentence.
    """
    if (path.parent / _ADAPTER).exists():
        raise ModelError(
            f"{display_path(path.parent / _ADAPTER)} asks for other weights to be added, which "
            f"InPhotos does not do; save the model as one."
        )
    for section in _sections(config):
        if found := _CODE & section.keys():
            raise ModelError(
                f"{display_path(path)} has the field {sorted(found)[0]}, which can make other code "
                f"run; InPhotos does not use such a model."
            )
        for name, most in _MOST.items():
            value = section.get(name)
            if value is not None and not (type(value) is int and 1 <= value <= most):
                raise _absurd(path, name)
    multiplier = config.get("depth_multiplier", 1.0)
    if not isinstance(multiplier, int | float) or not 0 < multiplier <= _MOST_MULTIPLIER:
        raise _absurd(path, "depth_multiplier")


def check_weights(path: Path, config_path: Path, config: Mapping[str, Any]) -> None:
    """Refuse a file of weights that is damaged, too large, or smaller than its model has to be.

    Where numbers are missing, transformers would make them up, whatever memory that takes.

    Args:
        path: the file, as safetensors or as a pickle.
        config_path, config: the configuration that was checked.

    Raises:
        ModelError: with a sentence that names the file.
    """
    size = path.stat().st_size
    if path.suffix == ".safetensors":
        _check_safetensors(path, size)
    if size > _SURELY_FITS and size > _memory():
        raise ModelError(
            f"{display_path(path)} is larger than this computer's memory; choose a smaller model."
        )
    # No kind of number takes less than a byte.
    if _least_numbers(config) > size:
        raise ModelError(
            f"{display_path(config_path)} describes a larger model than {path.name} holds."
        )


def damaged(path: Path) -> ModelError:
    """Return the error of a file that is not whole."""
    return ModelError(
        f"{display_path(path)} is damaged or cut off; remove the model and fetch it again."
    )


def _memory() -> int:
    import psutil  # quick commands do without it

    return int(psutil.virtual_memory().total)


def _check_safetensors(path: Path, size: int) -> None:
    """Check that the tensors of the header fill the rest of the file, each byte once."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if size < 8 or not 2 <= length <= min(size - 8, _LARGEST_HEADER):
                raise ValueError("no safetensors header")
            header = json.loads(file.read(length))
        spans = sorted(_span(value) for key, value in header.items() if key != "__metadata__")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
    end = 0
    for first, last in spans:
        if first != end:
            raise damaged(path)
        end = last
    if not spans or 8 + length + end != size:
        raise damaged(path)


def _span(entry: Mapping[str, Any]) -> tuple[int, int]:
    """Return where a tensor begins and ends in the file; its shape has to fit that exactly."""
    first, last = entry["data_offsets"]
    shape = entry["shape"]
    numbers = [first, last, *shape]
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("a size that is no number")
    if last - first != math.prod(shape) * _WIDTHS[entry["dtype"]]:
        raise ValueError("a shape that does not fit its bytes")
    return first, last


def _sections(config: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a configuration and those inside it."""
    rest: list[Mapping[str, Any]] = [config]
    while rest:
        section = rest.pop()
        yield section
        rest += [value for value in section.values() if isinstance(value, dict)]


def _least_numbers(config: Mapping[str, Any]) -> int:
    """Return how many numbers the towers have at least, by what the configuration says of them."""
    towers = [config.get("text_config"), config.get("vision_config")]
    return sum(_of_tower(tower) for tower in towers if isinstance(tower, dict))


def _of_tower(tower: Mapping[str, Any]) -> int:
    """Count the matrices of a transformer; what the configuration leaves out is small."""

    def value(name: str) -> int:
        return int(tower.get(name) or 1)

    hidden = value("hidden_size")
    layer = 4 * hidden * hidden + 2 * hidden * value("intermediate_size")
    patches = (value("image_size") // value("patch_size")) ** 2
    rows = value("vocab_size") + value("max_position_embeddings") + patches
    return value("num_hidden_layers") * layer + rows * hidden


def _absurd(path: Path, name: str) -> ModelError:
    return ModelError(f"{display_path(path)} has a value for {name} that no such model has.")

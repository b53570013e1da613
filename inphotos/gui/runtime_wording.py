"""What runs a model, and why, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from inphotos.gui import wording

if TYPE_CHECKING:
    from inphotos.encoders.runtimes import Runtime
    from inphotos.library.runtimes import RuntimeState


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("runtime_wording", text)


def name(runtime: Runtime) -> str:
    """Return what to call a runtime, such as "OpenVINO, 8 bits"."""
    engine = {"torch": "PyTorch", "openvino": "OpenVINO", "onnx": "ONNX Runtime"}[runtime.engine]
    if runtime.device != "cpu":
        engine = {"cuda": tr("NVIDIA graphics"), "mps": tr("Apple graphics")}[runtime.device]
    precision = {
        "fp32": tr("full precision"),
        "fp16": tr("16 bits"),
        "bf16": tr("16 bits (bfloat)"),
        "int8": tr("8 bits"),
    }[runtime.precision]
    return tr("{engine}, {precision}").format(engine=engine, precision=precision)


def summary(state: RuntimeState) -> str:
    """Say what runs the model for pictures, and what is known of it."""
    runtime = state.chosen.image
    if runtime is None:
        return " ".join([tr("In use: PyTorch."), _why_unmeasured(state)])
    words = [tr("In use: {name}.").format(name=name(runtime)), *_comparison(state, runtime)]
    if runtime.name not in (state.override.image, state.verdict and state.verdict.image):
        words.append(_why_unmeasured(state))
    return " ".join(words)


def _comparison(state: RuntimeState, runtime: Runtime) -> list[str]:
    """Say how quick it is, and how close to full precision."""
    rows = {row.runtime: row for row in state.verdict.images} if state.verdict else {}
    row, reference = rows.get(runtime.name), next(iter(rows.values()), None)
    if row is None or reference is None or not row.speed or row is reference:
        return []
    words = [
        tr("{times} times as quick as full precision.").format(
            times=wording.number(row.speed / reference.speed, 1)
        )
    ]
    if row.same:
        whose = (
            tr("Checked on {count} of your photos: {share} of the nearest photos stay the same.")
            if state.verdict is not None and state.verdict.own
            else tr(
                "Checked on {count} bundled pictures: {share} of the nearest photos stay the same."
            )
        )
        words.append(
            whose.format(
                count=wording.number(state.verdict.pictures if state.verdict else 0),
                share=tr("{number} %").format(number=wording.number(100 * row.same, 1)),
            )
        )
    return words


def _why_unmeasured(state: RuntimeState) -> str:
    if state.measuring:
        return tr("What is quickest here is being measured.")
    if state.verdict is not None and state.verdict.failure:
        return tr("What is quickest could not be measured ({reason}).").format(
            reason=state.verdict.failure
        )
    if state.verdict is None:
        return tr("What is quickest has not been measured yet.")
    return ""

"""What models are good for, in the language of the window."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("model_wording", text)


def about(name: str, otherwise: str) -> str:
    """Return what a model is good for, in a sentence.

    Args:
        name: of the model.
        otherwise: for a model that is not known by name.
    """
    return {
        "clip-vit-b-32": tr(
            "Understands English descriptions; the best balance of speed and quality."
        ),
        "clip-vit-b-32-openai": tr("The original CLIP; understands English descriptions."),
        "clip-vit-b-16-openai": tr(
            "The original CLIP with finer patches: sees smaller things, about four times slower."
        ),
        "siglip2-b-16": tr("Understands descriptions in many languages; about four times slower."),
        "mobilenet-v2": tr("Small and quick; finds similar photos but does not understand words."),
        "compact": tr("Built in; knows everyday things. The full model knows far more."),
        "demo": tr("For the drawn pictures of the demo; finds nothing in photographs."),
    }.get(name, otherwise)


def licence(name: str) -> str:
    """Return under which licence a model is, "" where its publisher states none."""
    return tr("licence: {name}").format(name=name) if name else ""

"""Pictures as values. `record` is what the shop speaks of; `renditions` makes them and alone knows an image library."""

from xpressbuy.media.model.record import (
    ENCODER_SETTINGS,
    MEDIA_TYPES,
    RENDITION_FORMATS,
    RENDITION_WIDTHS,
    Format,
    ImageId,
    ImageRecord,
    Renditions,
    State,
    image_id,
    rendition_key,
    rendition_widths,
)

__all__ = [
    "ENCODER_SETTINGS",
    "MEDIA_TYPES",
    "RENDITION_FORMATS",
    "RENDITION_WIDTHS",
    "Format",
    "ImageId",
    "ImageRecord",
    "Renditions",
    "State",
    "image_id",
    "rendition_key",
    "rendition_widths",
]

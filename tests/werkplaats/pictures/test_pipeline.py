"""Pictures that people send: what comes out, and what is refused."""

import io
import struct
import zlib

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from werkplaats.pictures import decoder, fields, files, pipeline

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 255, 255)


def quarters(width=400, height=200):
    """Red, green / blue, white: no turning or mirroring of it looks like another."""
    image = Image.new("RGB", (2, 2))
    image.putdata([RED, GREEN, BLUE, WHITE])
    return image.resize((width, height), Image.Resampling.NEAREST)


def saved(image, kind="JPEG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def upload(data):
    # A name and a type that lie: only the content counts.
    return SimpleUploadedFile("foto.jpg", data, content_type="image/jpeg")


def process(data):
    """What `pipeline.process` gives, without the 0.2 s that starting the decoder takes."""
    answer, made = decoder.answered(data, pipeline.MAX_PIXELS, files.SHARE_SIZE, files.SIZES)
    assert "refused" not in answer
    assert answer["lengths"] == [len(file) for file in made[:2]]
    return files.Processed(dict(zip((1600, 640), made[:2], strict=True)), answer["width"], answer["height"], made[2])


def refusal(data):
    answer, made = decoder.answered(data, pipeline.MAX_PIXELS, files.SHARE_SIZE, files.SIZES)
    assert made == []
    return answer["refused"]


def corners(data):
    """The colour that each quarter of a picture comes closest to, as a word; row by row."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white", (0, 0, 0): "black"}
    found = []
    for y in (0.25, 0.75):
        for x in (0.25, 0.75):
            pixel = image.getpixel((int(image.width * x), int(image.height * y)))
            found.append(
                names[min(names, key=lambda name: sum((a - b) ** 2 for a, b in zip(name, pixel, strict=True)))]
            )
    return " ".join(found)


def as_16_bit_png():
    image = Image.new("I;16", (40, 20))
    image.putdata([0x8000] * 800)
    return saved(image, "PNG")


KINDS = {
    "JPEG": saved(quarters()),
    "progressive JPEG": saved(quarters(), progressive=True),
    "CMYK JPEG": saved(quarters().convert("CMYK")),
    "PNG": saved(quarters(), "PNG"),
    "palette PNG": saved(quarters().quantize(8), "PNG"),
    "PNG with one transparent colour": saved(quarters(), "PNG", transparency=(1, 2, 3)),
    "WebP": saved(quarters(), "WEBP"),
    "lossless WebP": saved(quarters(), "WEBP", lossless=True),
    "HEIC": saved(quarters(), "HEIF"),
    "PNG that moves": saved(quarters(), "PNG", save_all=True, append_images=[quarters().rotate(180)]),
    "WebP that moves": saved(quarters(), "WEBP", save_all=True, append_images=[quarters().rotate(180)]),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_each_kind_of_picture_comes_out_as_webp(data):
    picture = process(data)
    assert (picture.width, picture.height) == (400, 200)
    for file in picture.files.values():
        assert Image.open(io.BytesIO(file)).format == "WEBP"
        assert Image.open(io.BytesIO(file)).n_frames == 1
        assert corners(file) == "red green blue white"
    assert Image.open(io.BytesIO(picture.shared)).format == "JPEG"


@pytest.mark.parametrize(
    ("data", "grey"),
    [
        (saved(Image.new("L", (40, 20), 128)), 128),
        (saved(Image.new("LA", (40, 20), (128, 255)), "PNG"), 128),
        (saved(Image.new("1", (40, 20), 1), "PNG"), 255),
        (as_16_bit_png(), 128),
    ],
    ids=["grey JPEG", "grey PNG with alpha", "black and white PNG", "16 bits"],
)
def test_pictures_without_colour_keep_their_grey(data, grey):
    pixel = Image.open(io.BytesIO(process(data).files[640])).convert("RGB").getpixel((20, 10))
    assert all(abs(value - grey) <= 3 for value in pixel)


def test_sizes_are_bounded_and_nothing_is_enlarged():
    wide = process(saved(quarters(3200, 800)))
    assert (wide.width, wide.height) == (1600, 400)
    assert {size: Image.open(io.BytesIO(file)).size for size, file in wide.files.items()} == {
        1600: (1600, 400),
        640: (640, 160),
    }
    tall = process(saved(quarters(500, 900)))
    assert Image.open(io.BytesIO(tall.files[640])).size == (356, 640)
    assert (tall.width, tall.height) == (500, 900)
    assert process(saved(Image.new("RGB", (1, 4)))).height == 4


@pytest.mark.parametrize("size", [(1600, 400), (400, 1600), (1, 1), (5, 20)])
def test_four_times_as_long_as_wide_is_a_picture(size):
    assert process(saved(Image.new("RGB", size, "green"), "PNG")).width == size[0]


@pytest.mark.parametrize("size", [(1, 9000), (12_000, 8), (1080, 16_000), (401, 100), (100, 401), (1, 5)])
def test_what_would_be_a_strip_on_every_screen_is_refused(size):
    assert refusal(saved(Image.new("RGB", size, "green"), "PNG")) == "too_thin"


@pytest.mark.parametrize("size", [(1600, 400), (400, 1600), (90, 60), (1200, 630), (4000, 3000)])
def test_the_picture_to_share_is_whole_on_a_white_sheet(size):
    shared = Image.open(io.BytesIO(process(saved(Image.new("RGB", size, (0, 128, 0)))).shared))
    assert (shared.format, shared.size, shared.mode) == ("JPEG", (1200, 630), "RGB")
    scale = min(1200 / size[0], 630 / size[1])
    width, height = size[0] * scale, size[1] * scale
    for x, y in ((600, 315), (600 - width / 2 + 3, 315), (600, 315 - height / 2 + 3)):
        assert abs(shared.getpixel((int(x), int(y)))[1] - 128) < 9
    if width < 1190:
        assert min(shared.getpixel((2, 315))) > 250
    if height < 620:
        assert min(shared.getpixel((600, 2))) > 250


UPRIGHT = "red green blue white"


STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def exif(orientation=1):
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Artist] = "Geheime Fotograaf"
    data.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 5.0, 27.5), 3: "E", 4: (5.0, 7.0, 12.25)})
    return data


@pytest.mark.parametrize("orientation", STORED_AS)
def test_a_photo_stands_upright(orientation):
    picture = process(saved(quarters().transpose(STORED_AS[orientation]), exif=exif(orientation)))
    assert (picture.width, picture.height) == (400, 200)
    assert corners(picture.files[1600]) == corners(picture.files[640]) == UPRIGHT


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_other_kinds_stand_upright_too(kind):
    turned = quarters()
    if kind != "HEIF":  # pillow_heif stores the turn itself, and the picture as it should be seen
        turned = turned.transpose(STORED_AS[6])
        assert corners(process(saved(turned, kind)).files[640]) != UPRIGHT
        picture = process(saved(turned, kind, exif=exif(6)))
    else:
        stored = turned.transpose(STORED_AS[6])
        stored.info["exif"] = exif(6).tobytes()
        picture = process(saved(stored, kind, exif=exif(6).tobytes()))
    assert (picture.width, picture.height) == (400, 200)
    assert corners(picture.files[640]) == UPRIGHT


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_odd_exif_is_no_reason_to_refuse():
    assert corners(process(saved(quarters(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).files[640]) == UPRIGHT


def chunks(webp):
    """The kinds of the parts of a WebP file."""
    found, position = set(), 12
    while position < len(webp):
        kind, length = struct.unpack_from("<4sI", webp, position)
        found.add(kind)
        position += 8 + length + length % 2
    return found


def test_no_metadata_and_not_one_byte_of_the_original():
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Geheime Plek</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "Geheime Tekst", zip=True)
    see_through = quarters()
    see_through.putalpha(Image.linear_gradient("L").resize(see_through.size))
    for data in (
        saved(quarters(1200, 630), exif=exif(), xmp=xmp, icc_profile=profile, comment=b"Geheim"),
        saved(see_through, "PNG", exif=exif(), pnginfo=text, icc_profile=profile),
        saved(see_through, "WEBP", exif=exif(), xmp=xmp, icc_profile=profile),
        saved(quarters(), "HEIF", exif=exif().tobytes(), xmp=xmp),
    ):
        assert b"Geheim" in data or b"Comment" in data
        made = process(data)
        shared = Image.open(io.BytesIO(made.shared))
        assert b"Geheim" not in made.shared
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(shared.info)
        for file in made.files.values():
            assert chunks(file) <= {b"VP8 ", b"VP8X", b"ALPH"}
            image = Image.open(io.BytesIO(file))
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile"} & set(image.info)
            assert b"Geheim" not in file


def test_what_is_transparent_stands_on_white():
    drawing = Image.new("RGBA", (400, 200), (200, 30, 30, 0))
    drawing.paste((0, 0, 0, 255), (0, 0, 200, 200))
    drawing.paste((0, 0, 0, 128), (200, 0, 300, 200))
    made = process(saved(drawing, "PNG"))
    for file in (*made.files.values(), made.shared):
        picture = Image.open(io.BytesIO(file))
        assert picture.mode == "RGB"
        for x, grey in ((0.3, 0), (0.62, 127), (0.9, 255)):
            pixel = picture.getpixel((int(picture.width * x), picture.height // 2))
            assert all(abs(value - grey) < 12 for value in pixel)


@pytest.mark.parametrize("alpha", [0, 254])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_on_which_nothing_is_to_be_seen_is_refused(alpha, kind):
    assert refusal(saved(Image.new("RGBA", (600, 400), (200, 30, 30, alpha)), kind, lossless=True)) == "see_through"


def test_one_dot_is_something_to_see():
    drawing = Image.new("RGBA", (3000, 2000), (0, 0, 0, 0))
    drawing.putpixel((1500, 1000), (0, 0, 0, 255))
    assert process(saved(drawing, "PNG")).width == 1600


def profile_with_red_and_green_swapped():
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entry = {data[at : at + 4].decode(): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132]), 12)}
    red, green = entry["rXYZ"], entry["gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = (data[green + 4 : green + 12], data[red + 4 : red + 12])
    return bytes(data)


def test_colours_are_converted_with_the_profile_that_is_thrown_away():
    swapped = profile_with_red_and_green_swapped()
    for data in (saved(quarters(), icc_profile=swapped), saved(quarters().convert("RGBA"), "PNG", icc_profile=swapped)):
        assert corners(process(data).files[640]) == "green red blue white"


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200, profile_with_red_and_green_swapped()[:300]])
def test_an_unusable_profile_is_ignored(profile):
    assert corners(process(saved(quarters(), icc_profile=profile)).files[640]) == UPRIGHT
    assert corners(process(saved(quarters().convert("CMYK"), icc_profile=profile)).files[640]) == UPRIGHT


NO_PICTURES = {
    "GIF": saved(quarters(), "GIF"),
    "TIFF": saved(quarters(), "TIFF"),
    "BMP": saved(quarters(), "BMP"),
    "ICO": saved(quarters(64, 64), "ICO"),
    "JPEG 2000": saved(quarters(), "JPEG2000"),
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n",
    "FITS": b"SIMPLE  =                    T" + b" " * 50 + b"BITPIX  =                    8" + b" " * 2770,
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "PDF": b"%PDF-1.7\n",
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 100,
    "bytes": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_other_files_are_refused_whatever_they_are_called(data):
    assert refusal(data) == "wrong_kind"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_half_a_file_is_refused(kind):
    data = saved(Image.effect_noise((600, 400), 80).convert("RGB"), kind)
    assert refusal(data[: len(data) // 2]) == "broken"
    assert refusal(data[:40]) in ("broken", "wrong_kind")


def test_nothing_and_too_much_are_refused_without_reading():
    with pytest.raises(ValidationError, match="Dit bestand is leeg"):
        pipeline.process(upload(b""))
    with pytest.raises(ValidationError, match=r"Deze foto is 10,5 MB\. Kies er een van hooguit 10 MB\."):
        pipeline.process(upload(b"\xff\xd8" + b"\0" * int(10.5 * 1024 * 1024)))


def png(width, height, *extra, pixels=b""):
    """A PNG made by hand: 8 bits of grey, `extra` chunks before the pixels."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    parts = [b"\x89PNG\r\n\x1a\n"]
    for name, content in (head, *extra, (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")):
        parts.append(struct.pack(">I", len(content)) + name + content)
        parts.append(struct.pack(">I", zlib.crc32(name + content)))
    return b"".join(parts)


def with_size(heic, width, height):
    at = heic.index(b"ispe") + 8
    return heic[:at] + struct.pack(">II", width, height) + heic[at + 8 :]


def jpeg_head(width, height):
    data = bytearray(saved(quarters()))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data[:-2])  # without its end, or the decoder makes up what is not there


TOO_MANY_PIXELS = {
    "PNG": png(10_000, 5_300),
    "PNG of a billion": png(2**31 - 1, 2**31 - 1),
    "JPEG": jpeg_head(10_000, 5_300),
    "JPEG of four billion": jpeg_head(65_000, 65_000),
    "WebP": b"RIFF\x80\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16_382).to_bytes(3, "little") * 2 + b"\0" * 100,
    "HEIC": with_size(KINDS["HEIC"], 10_000, 5_300),
}


@pytest.mark.parametrize("data", TOO_MANY_PIXELS.values(), ids=TOO_MANY_PIXELS)
def test_too_many_pixels_are_refused_from_the_head_of_the_file(data):
    """Their pixels are not there: who decodes first finds them broken."""
    assert refusal(data) == "too_many_pixels"


def test_a_heic_that_lies_about_its_size_is_refused():
    assert refusal(with_size(saved(quarters(2000, 1000), "HEIF"), 64, 64)) == "broken"


PACKED = zlib.compress(bytes(50_000_000))


BOMBS = {
    "zTXt": (b"zTXt", b"Comment\0\0" + PACKED),
    "iTXt": (b"iTXt", b"Comment\0\1\0\0\0" + PACKED),
    "iCCP": (b"iCCP", b"profile\0\0" + PACKED),
}


@pytest.mark.parametrize("chunk", BOMBS.values(), ids=BOMBS)
def test_a_packed_bomb_in_a_png_is_refused(chunk):
    assert refusal(png(10, 10, chunk, pixels=bytes(110))) == "broken"
    assert process(png(10, 10, pixels=bytes(110))).width == 10


def test_a_film_behind_a_photo_is_left_out():
    """Phones put a few seconds of it there, with any bytes in it."""
    assert process(KINDS["JPEG"] + b"ftypmp42" + b"\xff\xda\xff\xd9" * 5000) == process(KINDS["JPEG"])


def test_the_decoder_runs_in_a_process_of_its_own():
    picture = pipeline.process(upload(KINDS["HEIC"]))
    assert picture == process(KINDS["HEIC"])
    with pytest.raises(ValidationError) as refused:
        pipeline.process(upload(TOO_MANY_PIXELS["PNG"]))
    assert refused.value.code == "too_many_pixels"
    assert refused.value.messages == ["Deze foto heeft meer dan 50 megapixel. Kies een kleinere."]


def test_a_decoder_that_crashes_takes_nobody_along(monkeypatch, tmp_path, caplog):
    crash = tmp_path / "crash.py"
    crash.write_text("import os; os.abort()")
    monkeypatch.setattr(pipeline, "_DECODER", crash)
    with pytest.raises(ValidationError, match="niet te lezen"):
        pipeline.process(upload(KINDS["JPEG"]))
    assert "image decoder ended with -6" in caplog.text


def jpeg_of_many_scans():
    """Each scan takes 75 bytes and a pass over all pixels."""
    jpeg = saved(Image.new("L", (4000, 4000), 128), progressive=True)
    last_scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    return jpeg[:-2] + last_scan * 3000 + jpeg[-2:]


@pytest.mark.parametrize(
    ("bound", "value", "data"),
    [
        ("MAX_SECONDS", 0.01, KINDS["JPEG"]),
        ("MAX_CPU_SECONDS", 1, jpeg_of_many_scans()),
        ("MAX_MEMORY", 60 * pipeline.MEGABYTE, saved(Image.new("RGB", (4000, 4000)), "PNG")),
    ],
    ids=["waiting", "computing", "memory"],
)
def test_a_picture_that_takes_too_much_is_refused(bound, value, data, monkeypatch):
    monkeypatch.setattr(pipeline, bound, value)
    with pytest.raises(ValidationError, match="Deze foto is te zwaar om te verwerken"):
        pipeline.process(upload(data))


class PictureForm(forms.Form):
    picture = fields.PictureField()
    other = fields.PictureField(required=False)


def test_the_form_field_processes_and_explains():
    form = PictureForm({}, {"picture": SimpleUploadedFile("x", KINDS["HEIC"])})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["picture"].width == 400
    assert form.cleaned_data["other"] is None
    assert 'accept="image/jpeg,image/png,image/webp,image/heic"' in str(form["picture"])
    assert f'data-most="{pipeline.MAX_BYTES}"' in str(form["picture"])

    assert PictureForm({}, {}).errors == {"picture": ["Kies een foto."]}
    assert PictureForm({}, {"picture": SimpleUploadedFile("x", b"")}).errors == {
        "picture": ["Dit bestand is leeg. Kies een andere foto."]
    }
    assert PictureForm({}, {"picture": SimpleUploadedFile("x", b"GIF89a")}).errors == {
        "picture": ["Dit bestand is geen foto die we kennen. Kies een JPEG-, PNG-, WebP- of HEIC-bestand."]
    }

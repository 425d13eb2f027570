"""Sound as numbers: read from a WAV file and written as one, mixed, made softer; pure."""

import io
import sys
import wave
from array import array
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Samples = array[int]  # of 16 bits, one channel
else:
    Samples = array
RATE: Final = 22050  # a second; what voices speak with


def seconds(samples: Samples) -> float:
    return len(samples) / RATE


def wav(samples: Samples) -> bytes:
    """A file's content."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(_little(samples).tobytes())
    return made.getvalue()


def read(content: bytes) -> Samples:
    """The first channel of a WAV file of 16 bits. Raises ValueError for anything else."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from None
    if width != 2:
        raise ValueError(f"samples of {8 * width} bits")
    found = array("h")
    found.frombytes(data[: len(data) // 2 * 2])
    return _at_our_rate(_little(found)[::channels], rate)


def mixed(*parts: tuple[Samples, float]) -> Samples:
    """All at once, each beginning so many seconds after the start; nothing grows beyond a sample,
    it is cut off there."""
    begins = [(samples, round(at * RATE)) for samples, at in parts]
    sums = [0] * max((first + len(samples) for samples, first in begins), default=0)
    for samples, first in begins:
        for index, value in enumerate(samples, first):
            sums[index] += value
    return array("h", (max(-32768, min(32767, value)) for value in sums))


def softer(samples: Samples, volume: int) -> Samples:
    """`volume`: 0 to 100. Squared, since ears hear ratios: 50 sounds half as loud as 100."""
    share = (volume / 100) ** 2
    return array("h", (round(value * share) for value in samples))


def _at_our_rate(samples: Samples, rate: int) -> Samples:
    """Of a voice that speaks at another: the nearest ones will do for words."""
    if rate == RATE:
        return samples
    return array("h", (samples[int(n * rate / RATE)] for n in range(len(samples) * RATE // rate)))


def _little(samples: Samples) -> Samples:
    """In the order of bytes that WAV files have, or from it."""
    if sys.byteorder == "little":
        return samples
    turned = array("h", samples)
    turned.byteswap()
    return turned

"""Loaded by Python at its start (`PYTHONPATH`): the time that the program sees is that of the file LEARN_CLOCK.

The file holds one number of 8 bytes, the seconds by which the clock is moved; it is read each time that the program
asks. Sleeping, limits of time and `time.monotonic` are left as they are, as when somebody sets a real clock.
"""

import datetime
import os
import struct
import time

FILE = os.open(os.environ["LEARN_CLOCK"], os.O_RDONLY)

real_time, real_time_ns, real_clock = time.time, time.time_ns, time.clock_gettime
real_strftime, real_asctime = time.strftime, time.asctime


def moved():
    """The seconds by which the clock is moved."""
    return struct.unpack("<d", os.pread(FILE, 8, 0))[0]


class InPlaceOf:
    """Calls FUNCTION; like one of C, and unlike one of Python, it is no method where a class holds it."""

    def __init__(self, function):
        self._function = function

    def __call__(self, *values):
        return self._function(*values)


def now():
    return real_time() + moved()


def now_ns():
    return real_time_ns() + round(moved() * 1_000_000_000)


def read_clock(clock):
    return now() if clock == time.CLOCK_REALTIME else real_clock(clock)


def of_now(function):
    """FUNCTION of `time`, which takes the seconds to convert, or means now."""
    return lambda seconds=None: function(now() if seconds is None else seconds)


class InPlaceOfReal(type):
    """Makes what is of the real classes, which C code still uses, count as of ours."""

    def __instancecheck__(cls, value):
        return isinstance(value, REAL[cls]) if cls in REAL else super().__instancecheck__(value)

    def __subclasscheck__(cls, kind):
        return issubclass(kind, REAL[cls]) if cls in REAL else super().__subclasscheck__(kind)


class Date(datetime.date, metaclass=InPlaceOfReal):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(now())


class DateTime(datetime.datetime, metaclass=InPlaceOfReal):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(now(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(now(), datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(now())


REAL = {Date: datetime.date, DateTime: datetime.datetime}

for kind, real in REAL.items():
    kind.__name__ = kind.__qualname__ = real.__name__
    kind.__module__ = real.__module__
    setattr(datetime, real.__name__, kind)

time.time, time.time_ns, time.clock_gettime = map(InPlaceOf, (now, now_ns, read_clock))
time.gmtime, time.localtime, time.ctime = (
    InPlaceOf(of_now(each)) for each in (time.gmtime, time.localtime, time.ctime)
)
time.strftime = InPlaceOf(lambda layout, *moment: real_strftime(layout, *(moment or (time.localtime(),))))
time.asctime = InPlaceOf(lambda *moment: real_asctime(*(moment or (time.localtime(),))))

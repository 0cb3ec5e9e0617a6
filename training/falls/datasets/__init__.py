"""One file per data set: `load(folder)` yields `Recording`s. To add one, write such a file and name it here."""
from . import exercise, hifd, smartfallmm, weda_fall

LOADERS = {
    "weda": weda_fall.load,
    "smartfallmm": smartfallmm.load,
    "hifd": hifd.load,
    "wisdm": exercise.load_wisdm,
    "bami": exercise.load_bami,
}
# Sets with falls, which are divided into trials; the others are daily life and exercise without a fall.
FALL_SETS = ("weda", "smartfallmm", "hifd")
EXERCISE_SETS = ("wisdm", "bami")

"""One file per data set: `load(folder)` yields `Recording`s. To add one, write such a file and name it here."""
from . import bami, weda_fall, wisdm_watch

LOADERS = {"wisdm": wisdm_watch.load, "bami": bami.load, "weda": weda_fall.load}

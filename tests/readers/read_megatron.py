"""Reads exported .bin/.idx pairs with megatron-core's IndexedDataset and prints one JSON line a sequence.

usage: read_megatron.py FOLDER
"""

import glob
import json
import sys
import warnings

warnings.filterwarnings("ignore")

from megatron.core.datasets.indexed_dataset import IndexedDataset  # noqa: E402

for index in sorted(glob.glob(f"{sys.argv[1]}/*.idx")):
    dataset = IndexedDataset(index[: -len(".idx")])
    for i in range(len(dataset)):
        print(json.dumps(dataset[i].tolist()))

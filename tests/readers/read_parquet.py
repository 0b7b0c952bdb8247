"""Loads an exported Parquet folder with Hugging Face datasets and prints one JSON line a sequence.

usage: read_parquet.py FOLDER
"""

import json
import sys
import tempfile

from datasets import load_dataset

with tempfile.TemporaryDirectory() as cache:
    rows = load_dataset("parquet", data_files=f"{sys.argv[1]}/*.parquet", split="train", cache_dir=cache)
    for row in rows:
        print(json.dumps({"sequence_id": row["sequence_id"], "input_ids": row["input_ids"], "seq_lengths": row["seq_lengths"]}))

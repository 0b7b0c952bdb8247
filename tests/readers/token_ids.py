"""Encodes each line of a JSON-lines file of {"text": ...} with the reference tokenizer and prints the ids.

usage: token_ids.py TOKENIZER.json TEXTS.jsonl
"""

import json
import sys

from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(sys.argv[1])
tokenizer.no_truncation()
tokenizer.no_padding()
with open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        print(json.dumps(tokenizer.encode(json.loads(line)["text"], add_special_tokens=False).ids))

"""Names known before a text is read: tables beside this file, and the trie that finds them in one pass."""

"""Rules shipped with tagger: YAML, one file a topic; README.md is the manual of the language."""

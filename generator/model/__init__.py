"""The domain as frozen data: what an editor writes and what a reader sees, in the field's own words.

Everything here is a value: built once by `generator.validate`, narrowed by `generator.publication`, never changed. The
files an editor writes are described by pydantic records (so that one description gives the check, the JSON Schemas and
the reference page); the transcript, of which there are hundreds of cues a case, by plain data classes.
"""

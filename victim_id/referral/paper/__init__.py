"""The room through which every text on every form goes: typed words in, a tagged PDF out, the same for the same.

words → bidi → lines (with fonts) → page → flow → sheet; tags and fields write what readers of PDF are told, preview reads it
back as pictures. Nothing here knows what a form is about.
"""

from feeds.record import *
def parse_paper(lines, source, sha256):
    return Reading(Publication(source,"paper",None,sha256),())

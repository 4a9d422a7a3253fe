"""All tables under one name: `from storage import tables`, then `tables.chats`."""

from __future__ import annotations

from storage.tables.access_tables import admissions as admissions
from storage.tables.access_tables import broadcasts as broadcasts
from storage.tables.access_tables import channels as channels
from storage.tables.access_tables import invitations as invitations
from storage.tables.access_tables import turned_away as turned_away
from storage.tables.chat_tables import chats as chats
from storage.tables.chat_tables import dialogs as dialogs
from storage.tables.chat_tables import digest_entries as digest_entries
from storage.tables.chat_tables import subscriptions as subscriptions
from storage.tables.chat_tables import watches as watches
from storage.tables.message_tables import OPEN as OPEN
from storage.tables.message_tables import holds as holds
from storage.tables.message_tables import outbox as outbox
from storage.tables.message_tables import outbox_turn as outbox_turn
from storage.tables.message_tables import received as received
from storage.tables.message_tables import shortcuts as shortcuts
from storage.tables.message_tables import updates as updates
from storage.tables.record_tables import abbreviations as abbreviations
from storage.tables.record_tables import applicants as applicants
from storage.tables.record_tables import citations as citations
from storage.tables.record_tables import deadline_addressees as deadline_addressees
from storage.tables.record_tables import deadlines as deadlines
from storage.tables.record_tables import demands as demands
from storage.tables.record_tables import items as items
from storage.tables.record_tables import last_change as last_change
from storage.tables.record_tables import note_states as note_states
from storage.tables.record_tables import protocol_notes as protocol_notes
from storage.tables.record_tables import publications as publications
from storage.tables.record_tables import resolutions as resolutions
from storage.tables.record_tables import revisions as revisions
from storage.tables.record_tables import words as words
from storage.tables.schema import metadata as metadata
from storage.tables.source_tables import entries as entries
from storage.tables.source_tables import rounds as rounds
from storage.tables.source_tables import sources as sources
from storage.tables.source_tables import troubles as troubles
from storage.tables.source_tables import unread as unread

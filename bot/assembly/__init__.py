"""Each part of the house, made from the settings: chats, databases, trackers, meeting systems, what tenants connect."""

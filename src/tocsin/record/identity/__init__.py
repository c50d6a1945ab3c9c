"""Who is who: which names may mean one entity, with reasons; nothing is merged here."""

"""What pages share: templates, components, charts, tables, forms, documents.  Knows no context."""

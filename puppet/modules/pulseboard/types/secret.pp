# A text that nobody is to see; Sensitive keeps it out of logs and reports, and from the database of catalogues.
type Pulseboard::Secret = Variant[Pulseboard::Text, Sensitive[Pulseboard::Text]]

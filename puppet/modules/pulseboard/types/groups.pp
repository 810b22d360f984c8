# Groups of settings by names that people choose, such as jobs.
type Pulseboard::Groups = Hash[
  Pattern[/\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z/],
  Hash[Pattern[/\A[a-zA-Z]+\z/], Variant[Pulseboard::Text, Integer, Boolean, Array[Pulseboard::Text]]]
]

# What a setting can be.
type Pulseboard::Setting = Variant[
  Integer,
  Boolean,
  Pulseboard::Text,
  Array[Pulseboard::Text],
  Pulseboard::Groups,
  Hash[Pattern[/\A[a-zA-Z]+\z/], Variant[Pulseboard::Text, Integer, Boolean, Array[Pulseboard::Text]]]
]

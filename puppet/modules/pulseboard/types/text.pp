# A text on one line, without control characters: whatever it is, it stays one value of the file it is written to.
type Pulseboard::Text = Pattern[/\A[[:print:]]*\z/]

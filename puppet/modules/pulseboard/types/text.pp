# A text on one line, without control characters: whatever it is, it stays one value of the file it is written to.
type Pulseboard::Text = Pattern[/\A[[:print:]&&[^\u0085\u2028\u2029\ufeff]]*\z/]

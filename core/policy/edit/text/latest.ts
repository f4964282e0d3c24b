/** A function of a text whose latest answers are kept, since one text is asked for several times while it is edited. */
export function keepingLatest<Value>(most: number, make: (text: string) => Value): (text: string) => Value {
  const latest = new Map<string, Value>()
  return (text) => {
    const known = latest.get(text)
    if (known !== undefined) return known
    const made = make(text)
    const [oldest] = latest.keys()
    if (latest.size >= most && oldest !== undefined) latest.delete(oldest)
    latest.set(text, made)
    return made
  }
}

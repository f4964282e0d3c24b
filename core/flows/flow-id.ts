/** A place in the flow table: time in milliseconds (microseconds as fraction) and the record's key. */
export type FlowPlace = { readonly time: number; readonly key: bigint }

/** Opaque id of a record, `time-key`: microseconds and key, both in base 36. */
export const flowId = ({ time, key }: FlowPlace): string =>
  `${Math.round(time * 1000).toString(36)}-${BigInt.asUintN(64, key).toString(36)}`

/** The inverse of flowId; null where the text is not one. */
export function parseFlowId(id: string): FlowPlace | null {
  const match = /^([0-9a-z]{1,11})-([0-9a-z]{1,13})$/.exec(id)
  if (!match) return null
  const [, time = '', key = ''] = match
  let value = 0n
  for (const digit of key) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  const micros = Number.parseInt(time, 36)
  return Number.isSafeInteger(micros) && value < 2n ** 64n ? { time: micros / 1000, key: value } : null
}

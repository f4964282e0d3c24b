const longestSeconds = 400 * 86_400

/** The range of the strip: six times what is shown (all before now when live, both sides when not), a recording as it is. Milliseconds in, API parameters out. */
export function widerRange(
  lastMs: number | undefined,
  from: number | undefined,
  to: number | undefined,
  recording: boolean,
) {
  if (lastMs !== undefined) return { last: `${Math.min(longestSeconds, Math.round((lastMs * 6) / 1000))}s` }
  if (from === undefined || to === undefined) return { last: '90m' }
  const margin = recording ? 0 : Math.round((to - from) * 1.25)
  return { from: from - margin, to: to + margin }
}

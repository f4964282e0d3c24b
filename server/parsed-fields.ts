/** What a source wrote, as an object; text that is no JSON object stays text. */
export function parsedFields(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {}
  return json === '' ? {} : { text: json }
}

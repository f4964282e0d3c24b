/** Hands a file to the browser's downloads. */
export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; a large one holds on to its blob.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** `oriel-map-20261127-1406.svg`: what it is and the time that it ends at, in local time. */
export function fileName(what: string, to: number | null, extension: string): string {
  const pad = (n: number) => String(n).padStart(2, '0')
  const d = new Date(to ?? Date.now())
  const day = `${d.getFullYear()}${pad(d.getMonth() + 1)}${pad(d.getDate())}`
  return `oriel-${what}-${day}-${pad(d.getHours())}${pad(d.getMinutes())}.${extension}`
}

import { hashText } from '../random'

/** How busy an edge is at `time`, about 1: the day's course, slower and faster waves of its own. Between 0.4 and 1.6. */
export function rhythm(edge: string, time: number): number {
  const phase = (salt: number) => ((hashText(edge, salt) % 1000) / 1000) * 2 * Math.PI
  const wave = (seconds: number, salt: number) => Math.sin((time / 1000 / seconds) * 2 * Math.PI + phase(salt))
  const day = Math.sin(((time / 1000 - 9 * 3600) / 86_400) * 2 * Math.PI)
  return 1 + 0.22 * day + 0.1 * wave(1380, 1) + 0.08 * wave(413, 2) + 0.06 * wave(97, 3)
}

import { layout } from './layout'
import type { LayoutInput } from './layout-input'
import { layered, type LayeredInput } from './layout-layered'

export type LayoutRequest = { readonly job: number } & (
  | { readonly input: LayoutInput }
  | { readonly layered: LayeredInput }
)
/** `settled` false: the first, unrefined positions, so that something is seen at once. */
export type LayoutReply = { readonly job: number; readonly positions: Float32Array; readonly settled: boolean }

const scope = globalThis as unknown as DedicatedWorkerGlobalScope

scope.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const { job } = event.data
  const reply = (positions: Float32Array, settled: boolean) =>
    scope.postMessage({ job, positions, settled } satisfies LayoutReply, [positions.buffer as ArrayBuffer])
  if ('layered' in event.data) return reply(layered(event.data.layered), true)
  const { input } = event.data
  // The seed is worth showing only where settling takes longer than a frame or two.
  reply(layout(input, input.ids.length > 1000 ? (seed) => reply(seed, false) : undefined), true)
})

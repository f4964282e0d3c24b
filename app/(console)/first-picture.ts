import { mapPicture } from '@/components/map/picture'
import type { Graph } from '@/core/graph/graph'
import type { Scope } from '@/core/scope'
import { lastMap } from '@/server/views/map'

let last: { readonly etag: string; readonly picture: string | null } | null = null

/** The map as it was last answered, as SVG that a page can begin with; null where there is none. Never fails. */
export function firstPicture(scope: Scope): string | null {
  try {
    const answer = lastMap(scope)
    if (!answer) return null
    if (last?.etag !== answer.etag) {
      const graph: Graph = JSON.parse(new TextDecoder().decode(answer.body))
      last = { etag: answer.etag, picture: mapPicture(graph) }
    }
    return last.picture
  } catch {
    return null
  }
}

import { classifyWorld, type ClassifiedWorld } from '@/core/encryption/classify-world'
import { narrowTo } from '@/core/encryption/encryption-page'
import type { World } from '@/core/world'
import { matchingEdges } from './matching-edges'

/** The edges of a World that match, with what protected them. */
export function classifiedEdges(
  world: World,
  asked: { readonly cluster: string; readonly q: string },
): ClassifiedWorld {
  return narrowTo(classifyWorld(world), matchingEdges(world, asked))
}

import type { InventoryKind } from '../inventory/inventory-object'

/** Id of the source that tells how watching a kind of a cluster goes. */
export const kindSourceId = (cluster: string, kind: InventoryKind): string => `kubernetes:${cluster}:${kind}`

/** The kind of such a source; names of clusters may hold colons, kinds none. */
export const kindOfSource = (id: string): string => id.slice(id.lastIndexOf(':') + 1)

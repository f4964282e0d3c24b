import { stringify } from 'yaml'
import type { ModelObject } from '../model'
import { plainManifest } from '../plain-manifest'

/** An object as people write it: YAML, without what the API server adds. Lines are not wrapped. */
export const objectText = (object: ModelObject): string => stringify(plainManifest(object), { lineWidth: 0 })

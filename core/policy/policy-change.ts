import type { ModelObject } from './model'
import type { PolicyRef } from './normal-form'

/** One object of a draft: written as it is here (new, or in place of the one of its name), or deleted. */
export type PolicyChange =
  | { readonly change: 'put'; readonly object: ModelObject }
  | { readonly change: 'delete'; readonly ref: PolicyRef }

import { route } from '@/server/http'
import { flowFacetsView } from '@/server/views/flow-facets'

export const GET = route(flowFacetsView)

import { route } from '@/server/http'
import { clustersView } from '@/server/views/clusters'

export const GET = route(clustersView)

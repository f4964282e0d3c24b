import { route } from '@/server/http'
import { operationsView } from '@/server/views/operations'

export const GET = route(operationsView)

import { route } from '@/server/http'
import { searchView } from '@/server/views/search'

export const GET = route(searchView)

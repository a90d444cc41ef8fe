"""GraphQL's ground floor: ids, connections, mutations with error lists, loaders, limits, the view."""

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of tenants.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record TenantListBody(int Total, IReadOnlyList<TenantBody> Tenants);

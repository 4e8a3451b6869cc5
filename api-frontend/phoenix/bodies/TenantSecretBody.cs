namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What signs a tenant's requests. It is shown this once.</summary>
internal sealed record TenantSecretBody(string Secret);

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>A board and its paths.</summary>
public sealed record Board(string Tenant, string Id)
{
    public string Path => $"/tenants/{Tenant}/leaderboards/{Id}";

    public string Entries => $"{Path}/entries";

    public string Query => $"/v1/leaderboards/{Tenant}/{Id}";
}

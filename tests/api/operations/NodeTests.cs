using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests;

[Collection<PhoenixTests>]
public sealed class NodeTests(PhoenixServer server)
{
    [Fact]
    public async Task A_server_of_one_process_is_one_node()
    {
        var nodes = (await server.Admin.GetAsync("/nodes")).Is(200).Json.GetProperty("nodes");

        var node = Assert.Single(nodes.EnumerateArray());
        Assert.Equal(("active", true), (node.GetProperty("state").GetString(), node.GetProperty("is_this").GetBoolean()));
    }
}

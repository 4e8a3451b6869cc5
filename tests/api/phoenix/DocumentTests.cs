using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary><c>/openapi/v1.json</c> against the routes that are mapped.</summary>
[Collection<PhoenixTests>]
public sealed class DocumentTests(PhoenixServer server)
{
    [Fact]
    public async Task Every_route_is_described()
    {
        var document = await ReadAsync();
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => $"{MethodOf(endpoint)} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Where(route => !route.StartsWith("get /openapi", StringComparison.Ordinal) && !route.StartsWith("options ", StringComparison.Ordinal));

        var described = Operations(document).Select(operation => $"{operation.Method} {operation.Path}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_says_what_it_takes_and_answers()
    {
        foreach (var (path, method, operation) in Operations(await ReadAsync()))
        {
            var name = $"{method} {path}";
            Assert.True(operation.GetProperty("summary").GetString()!.Length > 5, name);
            Assert.True(operation.GetProperty("operationId").GetString()!.Length > 3, name);
            foreach (var parameter in Parameters(path))
                Assert.True(HasParameter(operation, parameter), $"{name} does not describe {parameter}.");

            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(answers, answer => answer.Name[0] == '2' || answer.Name == "101");
            foreach (var answer in answers)
            {
                Assert.True(answer.Value.GetProperty("description").GetString()!.Length > 3, name);
                if (answer.Name is not ("101" or "204") && !HasNoBody(name, answer.Name))
                    Assert.All(Contents(answer.Value), content => Assert.True(content.TryGetProperty("example", out _), name));
            }

            if (method is "put" or "patch")
                Assert.All(Contents(operation.GetProperty("requestBody")), content => Assert.True(content.TryGetProperty("schema", out _), name));
            if (path.StartsWith("/tenants", StringComparison.Ordinal))
            {
                Assert.Equal(2, operation.GetProperty("security").GetArrayLength());
                Assert.Superset(new HashSet<string> { "401", "403", "429", "500" }, answers.Select(answer => answer.Name).ToHashSet());
            }
        }
    }

    [Fact]
    public async Task Operation_names_are_unique()
    {
        var names = Operations(await ReadAsync()).Select(operation => operation.Operation.GetProperty("operationId").GetString()!).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task The_example_of_a_leaderboard_works_as_printed()
    {
        var document = await ReadAsync();
        var create = document.GetProperty("paths").GetProperty("/tenants/{tenant_id}/leaderboards").GetProperty("post");
        var example = Contents(create.GetProperty("requestBody")).Single().GetProperty("example").GetRawText();
        var tenant = await server.MakeTenantAsync();

        var created = await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", example.Replace("acme", tenant, StringComparison.Ordinal));

        created.Is(201);
        var shown = create.GetProperty("responses").GetProperty("201").GetProperty("content").GetProperty("application/json");
        Assert.Equal(Names(shown.GetProperty("example")), Names(created.Json));
        Assert.Equal(Names(shown.GetProperty("schema").GetProperty("properties")), Names(created.Json));
    }

    [Fact]
    public async Task The_page_of_the_document_loads_nothing_from_elsewhere()
    {
        var page = (await server.With(null).GetAsync("/docs/index.html")).Is(200);

        Assert.DoesNotContain("src=\"http", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"http", page.Body, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(field => field.Name);

    /// <summary>The LeaderboardAPI documents have it so.</summary>
    private static bool HasNoBody(string operation, string status) => (operation, status) is ("put /v1/team/{id}", "200") or ("delete /v1/team/{id}", "201");

    private static IEnumerable<string> Parameters(string path) => path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}')]);

    private static bool HasParameter(JsonElement operation, string name) =>
        operation.GetProperty("parameters").EnumerateArray().Any(parameter =>
            parameter.GetProperty("name").GetString() == name
            && parameter.TryGetProperty("schema", out _)
            && parameter.GetProperty("description").GetString()!.Length > 3);

    private static IEnumerable<JsonElement> Contents(JsonElement described) =>
        described.GetProperty("content").EnumerateObject().Select(content => content.Value);

    private static string MethodOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0].ToLowerInvariant();

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private async Task<JsonElement> ReadAsync() => (await server.With(null).GetAsync("/openapi/v1.json")).Is(200).Json;
}

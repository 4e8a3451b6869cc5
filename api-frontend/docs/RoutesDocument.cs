using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Laurel.ApiFrontend;

/// <summary>Makes the OpenAPI document from the endpoints that have a <see cref="RouteDoc"/>.</summary>
internal sealed class RoutesDocument(EndpointDataSource endpoints) : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Laurel",
            Version = "1",
            Description = "A leaderboard server for games: scores in, exact ranks out. "
                + "Any 2xx answer to a write is sent after the write is durable.",
        };
        document.Servers = [];
        document.Paths = [];
        SecuritySchemes.AddTo(document);

        var builder = new OperationBuilder(document);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<RouteDoc>() is not { } doc)
                continue;
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0];
            if (!document.Paths.TryGetValue(path, out var item))
                document.Paths.Add(path, item = new OpenApiPathItem { Operations = [] });
            item.Operations!.Add(new HttpMethod(method), await builder.BuildAsync(endpoint, doc));
        }

        document.Tags = new HashSet<OpenApiTag>(Tags(document).Select(static name => new OpenApiTag { Name = name }));
    }

    private static IEnumerable<string> Tags(OpenApiDocument document) =>
        document.Paths.Values
            .SelectMany(static item => item.Operations!.Values)
            .SelectMany(static operation => operation.Tags!)
            .Select(static tag => tag.Name!)
            .Distinct();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend;

/// <summary>How routes get into <c>/openapi/v1.json</c>.</summary>
internal static class RouteDocExtensions
{
    /// <summary>Describes the route.</summary>
    public static TBuilder Describe<TBuilder>(this TBuilder builder, RouteDoc doc)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(doc);

    /// <summary>Adds the document <c>v1</c>, made of all described routes.</summary>
    public static IServiceCollection AddLaurelDocs(this IServiceCollection services) =>
        services.AddOpenApi("v1", static options => options.AddDocumentTransformer<RoutesDocument>());
}

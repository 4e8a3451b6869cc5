using Microsoft.OpenApi;

namespace Laurel.ApiFrontend;

/// <summary>How callers show their keys.</summary>
internal static class SecuritySchemes
{
    private const string Header = "apiKey";
    private const string Bearer = "bearer";

    /// <summary>Adds the schemes that operations refer to.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Header, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-Key",
            Description = "An API key: `lrl_<kind>_<id>_<secret>`, or the configured admin key.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The same key as `Authorization: Bearer`.",
        });
    }

    /// <summary>The schemes a family takes; one of them is enough.</summary>
    public static IList<OpenApiSecurityRequirement> Of(RouteFamily family, OpenApiDocument document)
    {
        string[] schemes = family switch
        {
            _ when family == RouteFamilies.Rankora => [Bearer],
            _ when family == RouteFamilies.Phoenix => [Header, Bearer],
            _ => [Header],
        };
        return
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] }),
        ];
    }
}

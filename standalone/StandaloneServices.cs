using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Laurel.Standalone;

/// <summary>The server's services and their settings.</summary>
internal static class StandaloneServices
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>How long requests under way have to end after the process was asked to. With the grains' and the store's time it stays below ten seconds.</summary>
    private static readonly TimeSpan RequestsEndWithin = TimeSpan.FromSeconds(4);

    /// <summary>Adds everything, and returns the checked settings.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="port">The grains' port; there when the first request comes.</param>
    /// <param name="started">Whether the start has succeeded.</param>
    /// <exception cref="OptionsValidationException">Settings that cannot work.</exception>
    public static StandaloneOptions AddStandalone(this WebApplicationBuilder builder, Func<StandalonePort> port, Func<bool> started)
    {
        var options = Read(builder.Configuration);
        if (!NamesAddress(builder.Configuration))
            builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel.Limits, options));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = RequestsEndWithin);

        builder.Services.AddSingleton<IGrainPort>(_ => port());
        builder.Services.AddSingleton(_ => port().Feed);
        builder.Services.AddLaurelFrontend(builder.Configuration);
        builder.Services.Configure<FrontendOptions>(frontend => frontend.AdminKeyHash = options.AdminKey is { } key ? ApiKeyText.Hash(key) : null);

        AddLogs(builder.Logging, started);
        return options;
    }

    private static StandaloneOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new();
        var result = new StandaloneOptionsValidator().Validate(null, options);
        return result.Failed ? throw new OptionsValidationException(StandaloneOptions.Section, typeof(StandaloneOptions), result.Failures) : options;
    }

    private static void AddLogs(ILoggingBuilder logging, Func<bool> started)
    {
        logging.AddSimpleConsole(static console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // What keeps the server from starting is explained in one line, instead of these two's stack traces.
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            logging.AddFilter(category, level => level >= LogLevel.Warning && started());
    }

    private static bool NamesAddress(IConfiguration configuration) =>
        configuration["urls"] is not null
        || configuration["http_ports"] is not null
        || configuration["https_ports"] is not null
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static void Limit(KestrelServerLimits limits, StandaloneOptions options)
    {
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}

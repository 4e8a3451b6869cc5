using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Laurel.Hosting;

/// <summary>What every host adds to its services: the frontend, HTTP's limits, logs.</summary>
public static class ServerServices
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>How long requests under way have to end after the process was asked to. With the grains' and the store's time it stays below ten seconds.</summary>
    private static readonly TimeSpan RequestsEndWithin = TimeSpan.FromSeconds(4);

    /// <summary>Adds all but the grains, whose <see cref="IGrainPort"/> is the host's, and returns the checked settings.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="started">Whether the start has succeeded.</param>
    /// <exception cref="OptionsValidationException">Settings that cannot work.</exception>
    public static ServerOptions AddServer(this WebApplicationBuilder builder, Func<bool> started)
    {
        var options = Read(builder.Configuration);
        if (!NamesAddress(builder.Configuration))
            builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel.Limits, options));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = RequestsEndWithin);

        builder.Services.AddLaurelFrontend(builder.Configuration);
        builder.Services.Configure<FrontendOptions>(frontend => frontend.AdminKeyHash = options.AdminKey is { } key ? ApiKeyText.Hash(key) : null);

        builder.AddTelemetry();
        AddLogs(builder.Logging, started);
        return options;
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="OptionsValidationException">Settings that cannot work.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new();
        var result = new ServerOptionsValidator().Validate(null, options);
        return result.Failed ? throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), result.Failures) : options;
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

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}

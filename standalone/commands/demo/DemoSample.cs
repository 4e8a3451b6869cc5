using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>
/// What a demo shows: the 150 players with the most goals for men's national teams in the public data set
/// <c>martj42/international_results</c> (CC0 1.0), each with the day of their last one.
/// </summary>
internal static class DemoSample
{
    /// <summary>How many players there are.</summary>
    public const int Count = 150;

    private const string Csv = """
        user_id,name,score,timestamp
        cristiano-ronaldo,Cristiano Ronaldo,124,2026-07-02
        harry-kane,Harry Kane,75,2026-07-05
        lionel-messi,Lionel Messi,71,2026-07-07
        robert-lewandowski,Robert Lewandowski,69,2026-03-26
        romelu-lukaku,Romelu Lukaku,67,2026-07-06
        edin-dzeko,Edin Džeko,58,2026-03-26
        kylian-mbappe,Kylian Mbappé,55,2026-07-18
        erling-haaland,Erling Haaland,53,2026-07-05
        aleksandar-mitrovic,Aleksandar Mitrović,52,2025-10-14
        luis-suarez,Luis Suárez,51,2025-09-09
        ali-daei,Ali Daei,49,2005-08-17
        miroslav-klose,Miroslav Klose,48,2014-07-08
        carlos-ruiz,Carlos Ruiz,47,2016-09-06
        robbie-keane,Robbie Keane,44,2015-09-04
        zlatan-ibrahimovic,Zlatan Ibrahimović,44,2015-11-17
        memphis-depay,Memphis Depay,44,2025-11-14
        david-villa,David Villa,41,2014-06-23
        clint-dempsey,Clint Dempsey,41,2017-07-22
        andriy-shevchenko,Andriy Shevchenko,40,2012-06-11
        samuel-eto-o,Samuel Eto'o,40,2013-03-23
        marko-arnautovic,Marko Arnautović,40,2026-06-27
        gerd-muller,Gerd Müller,39,1974-07-07
        ronaldo,Ronaldo,39,2006-06-27
        hakan-sukur,Hakan Şükür,39,2007-06-02
        landon-donovan,Landon Donovan,38,2013-09-10
        gabriel-batistuta,Gabriel Batistuta,37,2002-06-02
        paulo-wanchope,Paulo Wanchope,37,2006-06-09
        jared-borgetti,Jared Borgetti,37,2008-06-21
        wayne-rooney,Wayne Rooney,37,2016-06-27
        sardar-azmoun,Sardar Azmoun,37,2025-03-20
        jon-dahl-tomasson,Jon Dahl Tomasson,36,2010-06-24
        tim-cahill,Tim Cahill,36,2017-10-10
        robin-van-persie,Robin van Persie,35,2015-10-13
        thomas-muller,Thomas Müller,35,2022-06-14
        gareth-bale,Gareth Bale,35,2022-11-21
        ali-mabkhout,Ali Mabkhout,35,2023-11-21
        son-heung-min,Son Heung-min,35,2024-11-19
        carlos-pavon,Carlos Pavón,34,2009-10-14
        thierry-henry,Thierry Henry,34,2009-10-14
        cuauhtemoc-blanco,Cuauhtémoc Blanco,34,2010-06-17
        almoez-ali,Almoez Ali,34,2024-11-14
        mohamed-salah,Mohamed Salah,34,2026-06-21
        neymar,Neymar,34,2026-07-05
        romario,Romário,33,2001-04-25
        jan-koller,Jan Koller,33,2008-06-15
        mehdi-taremi,Mehdi Taremi,33,2025-06-10
        karl-heinz-rummenigge,Karl-Heinz Rummenigge,32,1986-06-29
        davor-suker,Davor Šuker,32,2001-06-02
        raul,Raúl,32,2006-06-19
        karim-bagheri,Karim Bagheri,32,2008-11-19
        didier-drogba,Didier Drogba,31,2013-10-12
        eran-zahavi,Eran Zahavi,31,2024-03-21
        teemu-pukki,Teemu Pukki,31,2024-03-21
        kevin-de-bruyne,Kevin De Bruyne,31,2026-06-26
        ivan-perisic,Ivan Perišić,31,2026-07-02
        kazuyoshi-miura,Kazuyoshi Miura,30,1997-09-07
        jurgen-klinsmann,Jürgen Klinsmann,30,1998-06-29
        alexis-sanchez,Alexis Sánchez,30,2022-02-01
        edinson-cavani,Edinson Cavani,30,2022-02-01
        alvaro-morata,Álvaro Morata,30,2024-10-15
        chris-wood,Chris Wood,30,2025-03-21
        toni-polster,Toni Polster,29,1998-06-11
        ruud-van-nistelrooy,Ruud van Nistelrooy,29,2011-03-29
        lukas-podolski,Lukas Podolski,29,2012-06-17
        antoine-griezmann,Antoine Griezmann,29,2023-03-24
        eduardo-vargas,Eduardo Vargas,29,2024-11-19
        christian-eriksen,Christian Eriksen,29,2025-03-23
        hristo-stoichkov,Hristo Stoichkov,28,1999-03-31
        dimitar-berbatov,Dimitar Berbatov,28,2009-10-14
        diego-forlan,Diego Forlán,28,2013-06-20
        fernando-torres,Fernando Torres,28,2014-06-23
        andriy-yarmolenko,Andriy Yarmolenko,28,2023-09-12
        olivier-giroud,Olivier Giroud,28,2023-11-18
        andrej-kramaric,Andrej Kramarić,28,2025-09-08
        michel-platini,Michel Platini,27,1986-06-21
        dennis-bergkamp,Dennis Bergkamp,27,1998-07-04
        gheorghe-hagi,Gheorghe Hagi,27,1999-09-08
        henrik-larsson,Henrik Larsson,27,2006-06-20
        michael-owen,Michael Owen,27,2007-09-12
        michael-ballack,Michael Ballack,27,2009-09-09
        artem-dzyuba,Artem Dzyuba,27,2021-06-21
        pele,Pelé,26,1970-06-21
        eusebio,Eusébio,26,1973-03-28
        preben-elkjr,Preben Elkjær,26,1987-10-14
        rudi-voller,Rudi Völler,26,1994-07-02
        kubilay-turkyilmaz,Kubilay Türkyilmaz,26,2001-09-05
        savo-milosevic,Savo Milošević,26,2004-10-13
        hernan-crespo,Hernán Crespo,26,2007-07-02
        klaas-jan-huntelaar,Klaas-Jan Huntelaar,26,2015-10-13
        paolo-guerrero,Paolo Guerrero,26,2025-03-20
        enner-valencia,Enner Valencia,26,2025-09-09
        ferenc-bene,Ferenc Bene,25,1972-05-06
        johan-cruyff,Johan Cruyff,25,1977-03-26
        joachim-streich,Joachim Streich,25,1983-11-16
        ivan-zamorano,Iván Zamorano,25,2000-08-15
        fernando-hierro,Fernando Hierro,25,2002-06-07
        damian-mori,Damian Mori,25,2002-07-12
        pauleta,Pauleta,25,2006-06-11
        milan-baros,Milan Baroš,25,2011-03-29
        luis-tejada,Luis Tejada,25,2016-09-06
        blas-perez,Blas Pérez,25,2017-06-13
        eden-hazard,Eden Hazard,25,2021-09-05
        marcelo-martins-moreno,Marcelo Martins Moreno,25,2022-02-01
        arturo-vidal,Arturo Vidal,25,2023-09-08
        xherdan-shaqiri,Xherdan Shaqiri,25,2024-06-19
        stevan-jovetic,Stevan Jovetić,25,2025-03-22
        lautaro-martinez,Lautaro Martínez,25,2026-07-15
        zlatko-zahovic,Zlatko Zahovič,24,2003-04-30
        patrick-m-boma,Patrick M'Boma,24,2004-01-29
        alexander-frei,Alexander Frei,24,2009-09-09
        maris-verpakovskis,Māris Verpakovskis,24,2012-10-12
        adrian-mutu,Adrian Mutu,24,2013-03-22
        asamoah-gyan,Asamoah Gyan,24,2017-01-21
        javier-hernandez,Javier Hernández,24,2018-06-23
        jozy-altidore,Jozy Altidore,24,2019-06-26
        georginio-wijnaldum,Georginio Wijnaldum,24,2023-06-18
        gylfi-sigursson,Gylfi Sigurðsson,24,2023-10-16
        islam-slimani,Islam Slimani,24,2023-11-16
        luka-modric,Luka Modrić,24,2025-06-09
        vedat-muriqi,Vedat Muriqi,24,2025-09-08
        sadio-mane,Sadio Mané,24,2026-01-14
        predrag-mijatovic,Predrag Mijatović,23,2003-02-12
        vaughan-coveny,Vaughan Coveny,23,2004-06-06
        brian-mcbride,Brian McBride,23,2005-08-17
        agustin-delgado,Agustín Delgado,23,2006-06-15
        stern-john,Stern John,23,2008-06-22
        gonzalo-higuain,Gonzalo Higuaín,23,2016-10-06
        ahmed-khalil,Ahmed Khalil,23,2019-01-21
        adam-szalai,Ádám Szalai,23,2022-09-23
        james-rodriguez,James Rodríguez,23,2025-09-04
        salomon-rondon,Salomón Rondón,23,2025-09-09
        cyle-larin,Cyle Larin,23,2026-06-18
        raul-jimenez,Raúl Jiménez,23,2026-07-05
        mikel-oyarzabal,Mikel Oyarzabal,23,2026-07-14
        hector-scarone,Héctor Scarone,22,1930-07-21
        ademir-de-menezes,Ademir de Menezes,22,1953-03-12
        gary-lineker,Gary Lineker,22,1991-11-13
        patrick-kluivert,Patrick Kluivert,22,2003-10-11
        filippo-inzaghi,Filippo Inzaghi,22,2007-06-02
        john-aloisi,John Aloisi,22,2007-07-21
        marcelo-salas,Marcelo Salas,22,2007-11-18
        michalis-konstantinou,Michalis Konstantinou,22,2010-09-03
        david-healy,David Healy,22,2012-11-14
        carlo-costly,Carlo Costly,22,2014-06-20
        shinji-okazaki,Shinji Okazaki,22,2017-03-28
        arjen-robben,Arjen Robben,22,2017-10-10
        mario-mandzukic,Mario Mandžukić,22,2018-07-15
        burak-yilmaz,Burak Yılmaz,22,2022-03-24
        karim-benzema,Karim Benzema,22,2022-06-03
        wu-lei,Wu Lei,22,2024-03-26
        """;

    /// <summary>The scores, to be read once.</summary>
    public static async Task<IScoreSource> OpenAsync()
    {
        var opening = await CsvSource.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(Csv)), new SourceFile { Path = "the sample" }, ',', FileCursor.Start, CancellationToken.None);
        return opening.Source ?? throw new InvalidOperationException(opening.Mistake);
    }
}
